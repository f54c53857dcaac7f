package shop.trial;

import jakarta.json.bind.annotation.JsonbProperty;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;

/** Dates and times as JSON-B writes them: texts in the form of ISO 8601. Jackson writes arrays and numbers. */
public class OpeningHours {

    private final LocalDate day = LocalDate.of(2026, 2, 3);

    private final LocalTime opens = LocalTime.of(9, 30);

    private final Instant announced = Instant.parse("2026-01-02T03:04:05Z");

    public LocalDate getDay() {
        return day;
    }

    public LocalTime getOpens() {
        return opens;
    }

    @JsonbProperty("since")
    public Instant getAnnounced() {
        return announced;
    }
}
