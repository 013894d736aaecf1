package dev.standing.deploy.compose;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What README.md tells its readers to type. */
final class Readme {

    private static final Pattern BLOCK = Pattern.compile("```sh\n(.*?)```", Pattern.DOTALL);
    private static final Pattern OWN_KEY = Pattern.compile("^KEY=.*\n", Pattern.MULTILINE);

    private final String text;

    private Readme(String text) {
        this.text = text;
    }

    static Readme read() {
        try {
            return new Readme(Files.readString(Composition.PROJECT.resolve("README.md")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What the first block of commands prints that has a text in it, with a key, against a gateway elsewhere. */
    String answer(String part, String key, String gateway) {
        Matcher block = BLOCK.matcher(text);
        while (block.find()) {
            if (block.group(1).contains(part)) {
                String commands = OWN_KEY.matcher(block.group(1)).replaceAll("").replace("localhost:8080", gateway);
                return Composition.run(List.of("bash", "-euc", commands), Map.of("KEY", key));
            }
        }
        throw new AssertionError("README.md has no commands with " + part);
    }
}
