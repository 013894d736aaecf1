package dev.standing.processor.topology;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import org.apache.kafka.streams.processor.TaskId;

/** Tells JDK Flight Recorder of one turn of a task at what time brings about. Costs next to nothing while nobody records. */
@Name("dev.standing.Turn")
@Label("Turn")
@Description("What a task did in one go, between commands, because time had passed")
@Category("Standing")
@StackTrace(false)
final class TurnEvent extends Event {

    @Label("Task")
    String task = "";

    @Label("Records")
    @Description("About how many records were written")
    int records;

    @Label("Finished")
    @Description("Whether nothing due was left to do")
    boolean finished;

    /** The turn is over. */
    void finish(TaskId id, int written, boolean cameToTheEnd) {
        end();
        if (shouldCommit()) {
            task = id.toString();
            records = written;
            finished = cameToTheEnd;
            commit();
        }
    }
}
