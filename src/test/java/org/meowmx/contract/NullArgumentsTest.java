package org.meowmx.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import jakarta.inject.Inject;
import java.lang.reflect.Array;
import java.lang.reflect.Executable;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.meowmx.DataBinder;
import org.meowmx.EventData;
import org.meowmx.EventImport;
import org.meowmx.EventStore;
import org.meowmx.EventStream;
import org.meowmx.EventTypes;
import org.meowmx.ExpectedVersion;
import org.meowmx.IdempotencyKey;
import org.meowmx.ImportedEvent;
import org.meowmx.JsonBinding;
import org.meowmx.LogCatalog;
import org.meowmx.LogPage;
import org.meowmx.LogQuery;
import org.meowmx.Metadata;
import org.meowmx.NewEvent;
import org.meowmx.RecordedEvent;
import org.meowmx.StreamAppend;
import org.meowmx.StreamId;
import org.meowmx.StreamRange;
import org.meowmx.aggregate.CommandContext;
import org.meowmx.aggregate.Decider;
import org.meowmx.aggregate.Repositories;
import org.meowmx.aggregate.Repository;
import org.meowmx.aggregate.Snapshots;
import org.meowmx.aggregate.Versioned;
import org.meowmx.cloudevents.CloudEvent;
import org.meowmx.cloudevents.CloudEventFormat;
import org.meowmx.cloudevents.HttpBinding;
import org.meowmx.cloudevents.StreamDefaults;
import org.meowmx.evolution.Evolution;
import org.meowmx.evolution.PastEvent;
import org.meowmx.evolution.Upcaster;
import org.meowmx.importing.PostgresEventSourcingImport;
import org.meowmx.retry.Attempts;
import org.meowmx.retry.Retry;
import org.meowmx.serialization.EventSerializer;
import org.meowmx.serialization.JsonCodec;
import org.meowmx.subscription.ReadFrom;
import org.meowmx.subscription.Subscriptions;
import org.meowmx.testkit.InMemoryEventStore;
import org.meowmx.testkit.MeowmxTest;
import org.meowmx.testkit.Scenario;

/** Every method of the API names the argument that must not be null. Parameters that accept null are marked so. */
@MeowmxTest
class NullArgumentsTest {

    private static final StreamId STREAM = StreamId.of("order", "1");
    private static final NewEvent EVENT = NewEvent.of("order-placed", "{}").withId(UUID.randomUUID());
    private static final DataBinder BINDER = EventSerializer.binder(JsonCodec.jackson(), List.of());
    private static final RecordedEvent RECORDED = new RecordedEvent(
            1, UUID.randomUUID(), STREAM, 1, "order-placed", "{}", Metadata.none(), Instant.EPOCH, BINDER);
    private static final Decider<String, String, OrderEvent> DECIDER =
            Decider.of("", (command, state) -> List.of(), (state, event) -> state);

    @Inject
    EventStore events;

    @Inject
    LogCatalog catalog;

    @Inject
    Subscriptions subscriptions;

    @Inject
    Repositories repositories;

    @Inject
    Retry retry;

    @Inject
    JsonBinding json;

    @Inject
    EventImport imports;

    @Inject
    PostgresEventSourcingImport importing;

    /** A record, to be kept as a snapshot. */
    record Total(int sum) {}

    /** A value for each class of parameters. */
    private static final Map<Class<?>, Object> SAMPLES = new HashMap<>();

    static {
        SAMPLES.put(String.class, "order");
        SAMPLES.put(int.class, 1);
        SAMPLES.put(long.class, 1L);
        SAMPLES.put(boolean.class, false);
        SAMPLES.put(UUID.class, UUID.randomUUID());
        SAMPLES.put(Instant.class, Instant.EPOCH);
        SAMPLES.put(Duration.class, Duration.ZERO);
        SAMPLES.put(Clock.class, Clock.systemUTC());
        SAMPLES.put(Object.class, new OrderEvent.Placed("ann", BigDecimal.ONE));
        SAMPLES.put(Class.class, OrderEvent.Placed.class);
        SAMPLES.put(Class[].class, new Class<?>[] {OrderEvent.Placed.class});
        SAMPLES.put(String[].class, new String[] {"order-placed"});
        SAMPLES.put(Object[].class, new Object[] {new OrderEvent.Placed("ann", BigDecimal.ONE)});
        SAMPLES.put(Map.class, Map.of());
        SAMPLES.put(Set.class, Set.of());
        SAMPLES.put(List.class, List.of());
        SAMPLES.put(Collection.class, List.of());
        SAMPLES.put(Iterable.class, List.of());
        SAMPLES.put(Runnable.class, (Runnable) () -> {});
        SAMPLES.put(Supplier.class, (Supplier<Object>) () -> "");
        SAMPLES.put(Function.class, Function.identity());
        SAMPLES.put(UnaryOperator.class, UnaryOperator.identity());
        SAMPLES.put(BiFunction.class, (BiFunction<Object, Object, Object>) (one, other) -> one);
        SAMPLES.put(Predicate.class, (Predicate<Object>) any -> true);
        SAMPLES.put(Consumer.class, (Consumer<Object>) any -> {});
        SAMPLES.put(Throwable.class, new IllegalStateException());
        SAMPLES.put(StreamId.class, STREAM);
        SAMPLES.put(StreamRange.class, StreamRange.all());
        SAMPLES.put(StreamAppend.class, StreamAppend.of(STREAM, ExpectedVersion.any(), EVENT));
        SAMPLES.put(ExpectedVersion.class, ExpectedVersion.any());
        SAMPLES.put(EventData.class, EVENT.data());
        SAMPLES.put(NewEvent.class, EVENT);
        SAMPLES.put(NewEvent[].class, new NewEvent[] {EVENT});
        SAMPLES.put(Metadata.class, Metadata.none());
        SAMPLES.put(IdempotencyKey.class, IdempotencyKey.of("key"));
        SAMPLES.put(CommandContext.class, CommandContext.none());
        SAMPLES.put(RecordedEvent.class, RECORDED);
        SAMPLES.put(DataBinder.class, BINDER);
        SAMPLES.put(EventTypes.class, EventTypes.of(OrderEvent.class));
        SAMPLES.put(LogQuery.class, LogQuery.all());
        SAMPLES.put(ReadFrom.class, ReadFrom.beginning());
        SAMPLES.put(Attempts.class, Attempts.upTo(1));
        SAMPLES.put(PastEvent.class, new PastEvent("order-placed", 1, Map.of()));
        SAMPLES.put(Upcaster.Part[].class, new Upcaster.Part[0]);
        SAMPLES.put(Evolution[].class, new Evolution[0]);
        SAMPLES.put(Decider.class, DECIDER);
        SAMPLES.put(Snapshots.class, Snapshots.of(Total.class));
        SAMPLES.put(Snapshots.Due.class, new Snapshots.Due.AfterEvents(1));
        SAMPLES.put(Versioned.class, new Versioned<>(STREAM, 0, ""));
        SAMPLES.put(StreamDefaults.class, StreamDefaults.none());
        SAMPLES.put(byte[].class, new byte[0]);
        SAMPLES.put(DataSource.class, null);
    }

    private final List<String> bare = new ArrayList<>();
    private int called;

    /** Not the records that the store gives, such as RecordedEvent: applications do not create them. */
    @Test
    void records_and_factories_name_the_argument() {
        Stream.of(
                        StreamId.class,
                        StreamAppend.class,
                        StreamRange.class,
                        NewEvent.class,
                        EventData.Json.class,
                        EventData.Typed.class,
                        Metadata.class,
                        IdempotencyKey.class,
                        CommandContext.class,
                        LogQuery.class,
                        EventTypes.class,
                        ReadFrom.class,
                        Attempts.class,
                        Retry.class,
                        Decider.class,
                        Decider.OfFunctions.class,
                        Decider.OfAggregate.class,
                        Snapshots.class,
                        Snapshots.Due.AfterTime.class,
                        Versioned.class,
                        Upcaster.class,
                        Upcaster.Part.class,
                        PastEvent.class,
                        CloudEvent.class,
                        CloudEventFormat.class,
                        HttpBinding.class,
                        ImportedEvent.class,
                        InMemoryEventStore.class,
                        Scenario.class)
                .forEach(this::tryStatic);
        Stream.of(
                        EVENT,
                        Metadata.none(),
                        IdempotencyKey.of("key"),
                        CommandContext.none(),
                        LogQuery.all(),
                        StreamRange.all(),
                        RECORDED,
                        new EventStream(STREAM, 1, List.of(RECORDED)),
                        new LogPage(new UUID(0, 0), List.of(RECORDED), 1, 1, null, 1),
                        EventTypes.of(OrderEvent.class),
                        new PastEvent("order-placed", 1, Map.of()),
                        Upcaster.into("order-placed", UnaryOperator.identity()),
                        Snapshots.of(Total.class),
                        Scenario.given(DECIDER))
                .forEach(instance -> tryMethods(instance.getClass(), instance));

        assertThat(bare).isEmpty();
        assertThat(called).isGreaterThan(100);
    }

    @Test
    void services_name_the_argument() {
        InMemoryEventStore memory = new InMemoryEventStore();
        tryMethods(EventStore.class, events);
        tryMethods(EventStore.class, memory);
        tryMethods(LogCatalog.class, catalog);
        tryMethods(LogCatalog.class, memory.catalog());
        tryMethods(Subscriptions.class, subscriptions);
        tryMethods(Repositories.class, repositories);
        tryMethods(Repository.class, repositories.of("order", OrderEvent.class, DECIDER));
        tryMethods(Retry.class, retry);
        tryMethods(JsonBinding.class, json);
        tryMethods(EventImport.class, imports);
        tryMethods(PostgresEventSourcingImport.class, importing);

        assertThat(bare).isEmpty();
        assertThat(called).isGreaterThan(70);
    }

    private void tryStatic(Class<?> type) {
        Arrays.stream(type.getConstructors()).forEach(constructor -> tryNulls(constructor, constructor::newInstance));
        Arrays.stream(type.getDeclaredMethods())
                .filter(method -> Modifier.isStatic(method.getModifiers()) && Modifier.isPublic(method.getModifiers()))
                .filter(method -> !method.isSynthetic())
                .forEach(method -> tryNulls(method, arguments -> method.invoke(null, arguments)));
    }

    private void tryMethods(Class<?> type, Object instance) {
        for (Method method : type.getMethods()) {
            boolean ours = method.getDeclaringClass().getName().startsWith("org.meowmx.");
            if (ours && !Modifier.isStatic(method.getModifiers()) && !method.isSynthetic() && !isOfObject(method)) {
                tryNulls(method, arguments -> method.invoke(instance, arguments));
            }
        }
    }

    private static boolean isOfObject(Method method) {
        return Set.of("equals", "hashCode", "toString").contains(method.getName());
    }

    private interface Call {
        @Nullable
        Object with(Object... arguments) throws ReflectiveOperationException;
    }

    private void tryNulls(Executable executable, Call call) {
        executable.setAccessible(true);
        Parameter[] parameters = executable.getParameters();
        for (int i = 0; i < parameters.length; i++) {
            Class<?> type = parameters[i].getType();
            boolean mayBeNull = type.isPrimitive()
                    || executable.getAnnotatedParameterTypes()[i].isAnnotationPresent(Nullable.class);
            if (!mayBeNull) {
                tryNull(executable, call, i, null, "null");
            }
            if (List.class.isAssignableFrom(type) || type == Collection.class) {
                tryNull(executable, call, i, Collections.singletonList(null), "contain null");
            } else if (type.isArray() && !type.getComponentType().isPrimitive()) {
                tryNull(executable, call, i, Array.newInstance(type.getComponentType(), 1), "contain null");
            }
        }
    }

    private void tryNull(Executable executable, Call call, int index, @Nullable Object value, String told) {
        Parameter[] parameters = executable.getParameters();
        Object[] arguments = Arrays.stream(parameters)
                .map(parameter -> sample(parameter.getType(), executable))
                .toArray();
        arguments[index] = value;
        called++;
        Throwable thrown = catchThrowable(() -> call.with(arguments));
        Throwable cause = thrown == null ? null : thrown.getCause();
        String message = cause instanceof NullPointerException ? String.valueOf(cause.getMessage()) : "";
        if (!message.matches("\\w+ must not .*" + told)) {
            bare.add("%s.%s, %s: %s"
                    .formatted(
                            executable.getDeclaringClass().getSimpleName(),
                            executable.getName(),
                            parameters[index].getName(),
                            thrown == null ? "no exception" : cause));
        }
    }

    private static @Nullable Object sample(Class<?> type, Executable executable) {
        if (!SAMPLES.containsKey(type)) {
            throw new IllegalStateException("no sample of " + type + " for " + executable);
        }
        return SAMPLES.get(type);
    }
}
