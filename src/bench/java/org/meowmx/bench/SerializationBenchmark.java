package org.meowmx.bench;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.meowmx.Metadata;
import org.meowmx.NewEvent;
import org.meowmx.RecordedEvent;
import org.meowmx.StreamId;
import org.meowmx.serialization.EventSerializer;
import org.meowmx.serialization.JsonCodec;
import org.meowmx.serialization.SerializedEvent;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The conversion of objects to checked JSON, and back. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class SerializationBenchmark {

    private final EventSerializer serializer = new EventSerializer(JsonCodec.jackson(), List.of(), 1 << 20);
    private final OrderPlaced placed = OrderPlaced.example();
    private final NewEvent typed = NewEvent.of(placed);
    private final NewEvent json = NewEvent.of(OrderPlaced.TYPE, placed.json());
    private final RecordedEvent recorded = new RecordedEvent(
            1,
            UUID.randomUUID(),
            StreamId.of("order", 1L),
            1,
            OrderPlaced.TYPE,
            placed.json(),
            Metadata.none(),
            Instant.EPOCH,
            serializer.binder());

    /** Writes a record as JSON, and checks it. */
    @Benchmark
    public SerializedEvent write() {
        return serializer.serialize(typed, Metadata.none());
    }

    /** Checks JSON. */
    @Benchmark
    public SerializedEvent check() {
        return serializer.serialize(json, Metadata.none());
    }

    /** Reads JSON into a record. */
    @Benchmark
    public OrderPlaced read() {
        return recorded.as(OrderPlaced.class);
    }

    /** Reads metadata with the usual entries of an event that a handler has appended. */
    @Benchmark
    public Metadata readMetadata() {
        return serializer.metadata("{\"causationId\": \"0190\", \"correlationId\": \"0189\"}");
    }
}
