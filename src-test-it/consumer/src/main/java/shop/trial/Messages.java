package shop.trial;

import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSDestinationDefinition;
import jakarta.jms.Queue;

/** Sends messages to the consumers of this application. */
@ApplicationScoped
@JMSDestinationDefinition(name = Messages.WORK, interfaceName = "jakarta.jms.Queue", destinationName = "work")
@JMSDestinationDefinition(
        name = Messages.TRANSACTION,
        interfaceName = "jakarta.jms.Queue",
        destinationName = "transaction")
public class Messages {

    static final String WORK = "java:app/jms/work";
    static final String TRANSACTION = "java:app/jms/transaction";

    @Resource(lookup = "java:comp/DefaultJMSConnectionFactory")
    ConnectionFactory factory;

    @Resource(lookup = WORK)
    Queue work;

    @Resource(lookup = TRANSACTION)
    Queue transaction;

    /** For the consumer without a transaction. */
    public void send(String id) {
        send(work, id);
    }

    /** For the consumer whose transaction takes in the message. */
    public void sendInTransaction(String id) {
        send(transaction, id);
    }

    private void send(Queue queue, String id) {
        try (JMSContext context = factory.createContext()) {
            context.createProducer().send(queue, id);
        }
    }
}
