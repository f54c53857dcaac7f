package org.meowmx.bench;

import java.util.List;
import java.util.stream.IntStream;
import org.axonframework.common.jdbc.PersistenceExceptionResolver;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventsourcing.eventstore.DomainEventStream;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.axonframework.eventsourcing.eventstore.jdbc.EventSchema;
import org.axonframework.eventsourcing.eventstore.jdbc.JdbcEventStorageEngine;
import org.axonframework.eventsourcing.eventstore.jdbc.JdbcSQLErrorCodesResolver;
import org.axonframework.eventsourcing.eventstore.jdbc.PostgresEventTableFactory;
import org.axonframework.eventsourcing.eventstore.jpa.JpaEventStorageEngine;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.json.JacksonSerializer;
import org.meowmx.server.Engine;

/** Axon Framework's event storage engines, with Jackson, in JTA. */
final class Axon implements Contender {

    static final String JPA = "Axon JPA";
    static final String JDBC = "Axon JDBC";

    static final String JDBC_TABLE = "axon_event";

    private final Lab lab;
    private final String name;
    private final String table;
    private final EventStorageEngine engine;
    private final Jta jta = new Jta();

    private Axon(Lab lab, String name, String table, EventStorageEngine engine) {
        this.lab = lab;
        this.name = name;
        this.table = table;
        this.engine = engine;
    }

    static Axon jpa(Lab lab, Engine node, int batchSize) {
        node.entityManager("axon").getEntityManagerFactory();
        return new Axon(
                lab,
                JPA,
                "DomainEventEntry",
                JpaEventStorageEngine.builder()
                        .entityManagerProvider(() -> node.entityManager("axon"))
                        .transactionManager(new Jta())
                        .eventSerializer(serializer())
                        .snapshotSerializer(serializer())
                        .persistenceExceptionResolver(resolver())
                        .batchSize(batchSize)
                        .build());
    }

    static Axon jdbc(Lab lab, Engine node, int batchSize) {
        JdbcEventStorageEngine engine = JdbcEventStorageEngine.builder()
                .connectionProvider(() -> Lab.pool(node).getConnection())
                .transactionManager(new Jta())
                .schema(EventSchema.builder().eventTable(JDBC_TABLE).build())
                .eventSerializer(serializer())
                .snapshotSerializer(serializer())
                .persistenceExceptionResolver(resolver())
                .batchSize(batchSize)
                .build();
        new Jta().executeInTransaction(() -> engine.createSchema(PostgresEventTableFactory.INSTANCE));
        return new Axon(lab, JDBC, JDBC_TABLE, engine);
    }

    private static PersistenceExceptionResolver resolver() {
        return new JdbcSQLErrorCodesResolver();
    }

    static Serializer serializer() {
        return JacksonSerializer.defaultSerializer();
    }

    EventStorageEngine engine() {
        return engine;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void create(String stream, List<OrderPlaced> events) {
        append(stream, 0, events);
    }

    @Override
    public void append(String stream, long lastVersion, OrderPlaced event) {
        append(stream, lastVersion, List.of(event));
    }

    private void append(String stream, long lastVersion, List<OrderPlaced> events) {
        List<GenericDomainEventMessage<OrderPlaced>> messages = IntStream.range(0, events.size())
                .mapToObj(i -> new GenericDomainEventMessage<>("order", stream, lastVersion + i, events.get(i)))
                .toList();
        jta.executeInTransaction(() -> engine.appendEvents(messages));
    }

    /** Reads a stream, and returns the number of its events. */
    int read(String stream) {
        return jta.fetchInTransaction(() -> {
            DomainEventStream events = engine.readEvents(stream);
            int count = 0;
            while (events.hasNext()) {
                events.next();
                count++;
            }
            return count;
        });
    }

    @Override
    public long stored() {
        return lab.number("select count(*) from " + table);
    }
}
