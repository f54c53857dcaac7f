package shop.modelling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.inject.Inject;
import jakarta.jms.Message;
import jakarta.transaction.UserTransaction;
import java.lang.reflect.Proxy;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.meowmx.EventIdConflictException;
import org.meowmx.EventStore;
import org.meowmx.StreamId;
import org.meowmx.testkit.MeowmxTest;

@MeowmxTest(beans = Deliveries.class)
class DeliveriesTest {

    private static final StreamId PARCEL = StreamId.of("parcel", "7");

    @Inject
    Deliveries deliveries;

    @Inject
    EventStore events;

    @Inject
    UserTransaction transaction;

    private final DeliveryListener listener = new DeliveryListener();

    @BeforeEach
    void inject() {
        listener.deliveries = deliveries;
    }

    private static Message message(String id, String recipient) {
        return (Message) Proxy.newProxyInstance(
                Message.class.getClassLoader(), new Class<?>[] {Message.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("getJMSMessageID")) {
                        return id;
                    }
                    return arguments[0].equals("parcel") ? "7" : recipient;
                });
    }

    @Test
    void a_message_that_comes_twice_is_stored_once() {
        listener.onMessage(message("ID:1", "ann"));
        listener.onMessage(message("ID:1", "ann"));
        listener.onMessage(message("ID:2", "ann"));

        assertThat(events.read(PARCEL).version()).isEqualTo(2);
    }

    @Test
    void a_message_with_a_known_id_and_other_content_is_refused() {
        listener.onMessage(message("ID:1", "ann"));

        assertThatThrownBy(() -> listener.onMessage(message("ID:1", "bo")))
                .isInstanceOf(EventIdConflictException.class);
    }

    @Test
    void an_event_is_stored_whatever_becomes_of_the_consumers_transaction() throws Exception {
        transaction.begin();
        listener.onMessage(message("ID:1", "ann"));
        transaction.rollback();

        assertThat(events.read(PARCEL).version()).isEqualTo(1);
    }
}
