package dev.standing.local.imports.input;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;

/** Takes one record of CSV apart. */
final class CsvCells {

    private static final ObjectReader READER =
            new CsvMapper().readerFor(String[].class).with(CsvParser.Feature.WRAP_AS_ARRAY);

    private CsvCells() {}

    /** The cells; empty if the quotation marks are not as RFC 4180 has them. */
    static Optional<List<String>> of(String line) {
        try (MappingIterator<String[]> records = READER.readValues(line)) {
            if (!records.hasNextValue()) {
                return Optional.empty();
            }
            List<String> cells = List.of(records.nextValue());
            return records.hasNextValue() ? Optional.empty() : Optional.of(cells);
        } catch (JsonProcessingException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("A text in memory cannot be read", e);
        }
    }
}
