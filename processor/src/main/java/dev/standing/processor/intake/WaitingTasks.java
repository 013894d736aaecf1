package dev.standing.processor.intake;

import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.streams.processor.TaskId;

/** The tasks of this process in which commands wait for the registry. Safe for use by many threads. */
public final class WaitingTasks {

    private final Set<TaskId> tasks = ConcurrentHashMap.newKeySet();

    /** From now on commands wait in a task. */
    public void add(TaskId task) {
        tasks.add(task);
    }

    /** None waits any more in a task, or the task has left this process. */
    public void remove(TaskId task) {
        tasks.remove(task);
    }

    /** Those in which commands wait now, in their order. */
    public Set<TaskId> all() {
        return new TreeSet<>(tasks);
    }
}
