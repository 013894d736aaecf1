package dev.standing.service.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

class WatchedFileTest {

    /** Nobody looks by themselves while a test runs. */
    private static final Duration NEVER = Duration.ofDays(1);

    private final ListAppender<ILoggingEvent> log = new ListAppender<>();

    @TempDir
    Path directory;

    private Path path;

    @BeforeEach
    void listen() {
        path = directory.resolve("number");
        log.start();
        ((Logger) LoggerFactory.getLogger(WatchedFile.class)).addAppender(log);
    }

    @AfterEach
    void silence() {
        ((Logger) LoggerFactory.getLogger(WatchedFile.class)).detachAppender(log);
    }

    @Test
    void aChangeIsFoundByItself() throws Exception {
        Files.writeString(path, "1");
        try (WatchedFile<List<Integer>> file =
                WatchedFile.open(List.of(path), WatchedFileTest::numbers, Duration.ofMillis(5))) {
            assertThat(file.current()).containsExactly(1);
            Files.writeString(path, "2");
            await().until(() -> file.current().equals(List.of(2)));
        }
    }

    @Test
    void aChangeThatLeavesTimeAndSizeIsFound() throws Exception {
        Files.writeString(path, "1");
        FileTime time = Files.getLastModifiedTime(path);
        try (WatchedFile<List<Integer>> file = open(path)) {
            Files.writeString(path, "2");
            Files.setLastModifiedTime(path, time);
            file.refresh();
            assertThat(file.current()).containsExactly(2);
        }
    }

    @Test
    void aRenameOverTheFileIsFound() throws Exception {
        Files.writeString(path, "1");
        try (WatchedFile<List<Integer>> file = open(path)) {
            Path other = Files.writeString(directory.resolve("other"), "2");
            Files.move(other, path, StandardCopyOption.ATOMIC_MOVE);
            file.refresh();
            assertThat(file.current()).containsExactly(2);
        }
    }

    @Test
    void aLinkThatTurnsToAnotherDirectoryIsFound() throws Exception {
        Path first = Files.createDirectory(directory.resolve("first"));
        Path second = Files.createDirectory(directory.resolve("second"));
        Files.writeString(first.resolve("number"), "1");
        Files.writeString(second.resolve("number"), "2");
        Path link = Files.createSymbolicLink(directory.resolve("link"), first);
        try (WatchedFile<List<Integer>> file = open(link.resolve("number"))) {
            Path next = Files.createSymbolicLink(directory.resolve("next"), second);
            Files.move(next, link, StandardCopyOption.ATOMIC_MOVE);
            file.refresh();
            assertThat(file.current()).containsExactly(2);
        }
    }

    @Test
    void filesAreParsedTogether() throws Exception {
        Files.writeString(path, "1");
        Path other = Files.writeString(directory.resolve("other"), "2");
        try (WatchedFile<List<Integer>> file =
                WatchedFile.open(List.of(path, other), WatchedFileTest::numbers, NEVER)) {
            Files.writeString(other, "3");
            file.refresh();
            assertThat(file.current()).containsExactly(1, 3);
        }
    }

    @Test
    void whatIsNotValidLeavesWhatWasThereInForceUntilItIs() throws Exception {
        Files.writeString(path, "1");
        try (WatchedFile<List<Integer>> file = open(path)) {
            Files.writeString(path, "secret");
            file.refresh();
            assertThat(file.current()).containsExactly(1);
            Files.writeString(path, "2");
            file.refresh();
            assertThat(file.current()).containsExactly(2);
        }
    }

    @Test
    void whatIsNotValidIsLoggedOnceWithTheReasonAndWithoutTheContent() throws Exception {
        Files.writeString(path, "1");
        try (WatchedFile<List<Integer>> file = open(path)) {
            Files.writeString(path, "secret");
            file.refresh();
            file.refresh();
            assertThat(messages())
                    .containsExactly(path + " is not valid: no number; what it held before stays in force");
            Files.writeString(path, "secret too");
            file.refresh();
            assertThat(messages()).hasSize(2).noneMatch(message -> message.contains("secret"));
            assertThat(log.list).allMatch(event -> event.getThrowableProxy() == null);
        }
    }

    @Test
    void anUnexpectedFailureOfTheFormatIsLoggedWithoutItsMessage() throws Exception {
        Files.writeString(path, "1");
        FileFormat<Integer> format = contents -> {
            String text = text(contents.get(0));
            if (!text.equals("1")) {
                throw new IllegalStateException("cannot do with " + text);
            }
            return 1;
        };
        try (WatchedFile<Integer> file = WatchedFile.open(List.of(path), format, NEVER)) {
            Files.writeString(path, "secret");
            file.refresh();
            assertThat(messages())
                    .singleElement()
                    .asString()
                    .contains("IllegalStateException")
                    .doesNotContain("secret");
            assertThat(file.current()).isEqualTo(1);
        }
    }

    @Test
    void aFileThatIsGoneLeavesWhatWasThereInForceAndIsLoggedOnce() throws Exception {
        Files.writeString(path, "1");
        try (WatchedFile<List<Integer>> file = open(path)) {
            Files.delete(path);
            file.refresh();
            file.refresh();
            assertThat(file.current()).containsExactly(1);
            assertThat(messages()).singleElement().asString().startsWith(path + " does not exist");
            Files.writeString(path, "2");
            file.refresh();
            assertThat(file.current()).containsExactly(2);
        }
    }

    @Test
    void theFirstReadNamesTheFileThatIsMissing() {
        assertThatThrownBy(() -> open(path))
                .isInstanceOf(InvalidFileException.class)
                .hasMessage(path + " does not exist");
    }

    @Test
    void theFirstReadNamesTheFileThatIsNotValid() throws IOException {
        Files.writeString(path, "secret");
        assertThatThrownBy(() -> open(path))
                .isInstanceOf(InvalidFileException.class)
                .hasMessage(path + " is not valid: no number");
    }

    @Test
    void aDirectoryIsNoFile() {
        assertThatThrownBy(() -> open(directory))
                .isInstanceOf(InvalidFileException.class)
                .hasMessageContaining(directory + " cannot be read");
    }

    @Test
    void aFileBeyondAllMeasureIsRefused() throws IOException {
        Files.write(path, new byte[WatchedFile.MAX_BYTES + 1]);
        assertThatThrownBy(() -> open(path))
                .isInstanceOf(InvalidFileException.class)
                .hasMessageContaining("longer than");
    }

    @Test
    void everyChangeIsToldToAllEvenIfOneOfThemFails() throws Exception {
        Files.writeString(path, "1");
        try (WatchedFile<List<Integer>> file = open(path)) {
            List<List<Integer>> told = new ArrayList<>();
            file.whenChanged(numbers -> {
                throw new IllegalStateException("cannot");
            });
            file.whenChanged(told::add);
            Files.writeString(path, "2");
            file.refresh();
            file.refresh();
            assertThat(told).containsExactly(List.of(2));
        }
    }

    private static WatchedFile<List<Integer>> open(Path path) throws InvalidFileException {
        return WatchedFile.open(List.of(path), WatchedFileTest::numbers, NEVER);
    }

    private static List<Integer> numbers(List<byte[]> contents) throws InvalidFileException {
        List<Integer> numbers = new ArrayList<>();
        for (byte[] content : contents) {
            try {
                numbers.add(Integer.parseInt(text(content)));
            } catch (NumberFormatException e) {
                throw new InvalidFileException("no number", e);
            }
        }
        return numbers;
    }

    private static String text(byte[] content) {
        return new String(content, StandardCharsets.UTF_8);
    }

    private List<String> messages() {
        return log.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }
}
