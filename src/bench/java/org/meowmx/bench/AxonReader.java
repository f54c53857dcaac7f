package org.meowmx.bench;

import java.util.function.Consumer;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.SimpleEventHandlerInvoker;
import org.axonframework.eventhandling.TrackingEventProcessor;
import org.axonframework.eventhandling.TrackingEventProcessorConfiguration;
import org.axonframework.eventhandling.tokenstore.jpa.JpaTokenStore;
import org.axonframework.eventsourcing.eventstore.EmbeddedEventStore;
import org.axonframework.messaging.StreamableMessageSource;
import org.axonframework.messaging.annotation.MessageIdentifier;
import org.meowmx.server.Engine;

/** Axon's tracking processor in one thread, with its token in the database. */
final class AxonReader implements AutoCloseable {

    private final TrackingEventProcessor processor;

    private AxonReader(TrackingEventProcessor processor) {
        this.processor = processor;
    }

    /** Calls its observer with the id of each event. */
    static final class Handler {

        private final Consumer<String> observer;

        Handler(Consumer<String> observer) {
            this.observer = observer;
        }

        @EventHandler
        void on(OrderPlaced event, @MessageIdentifier String id) {
            observer.accept(id);
        }
    }

    /** Starts with the first event, and handles at most {@code batch} events per transaction. */
    static AxonReader start(String name, Engine node, EmbeddedEventStore store, int batch, Handler handler) {
        TrackingEventProcessor processor = TrackingEventProcessor.builder()
                .name(name)
                .messageSource(store)
                .eventHandlerInvoker(SimpleEventHandlerInvoker.builder()
                        .eventHandlers(handler)
                        .build())
                .tokenStore(JpaTokenStore.builder()
                        .entityManagerProvider(() -> node.entityManager("axon"))
                        .serializer(Axon.serializer())
                        .build())
                .transactionManager(new Jta())
                .trackingEventProcessorConfiguration(TrackingEventProcessorConfiguration.forSingleThreadedProcessing()
                        .andBatchSize(batch)
                        .andInitialTrackingToken(StreamableMessageSource::createTailToken))
                .build();
        processor.start();
        return new AxonReader(processor);
    }

    @Override
    public void close() {
        processor.shutDown();
    }
}
