package dev.standing.audit.file;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/** What goes wrong with files. The exceptions of Java often name the file, and leave it to their class to say what it is. */
public final class FileTrouble {

    private FileTrouble() {}

    /** What is wrong, with the name of the file, for people. */
    public static String describe(IOException trouble) {
        if (trouble instanceof FileSystemException of && of.getReason() == null) {
            return of.getFile() + ": " + kind(of);
        }
        return trouble.getMessage() == null ? trouble.getClass().getSimpleName() : trouble.getMessage();
    }

    private static String kind(FileSystemException trouble) {
        if (trouble instanceof NoSuchFileException) {
            return "no such file or directory";
        }
        if (trouble instanceof AccessDeniedException) {
            return "permission denied";
        }
        if (trouble instanceof FileAlreadyExistsException) {
            return "is there already";
        }
        return trouble instanceof NotDirectoryException
                ? "is no directory"
                : trouble.getClass().getSimpleName();
    }
}
