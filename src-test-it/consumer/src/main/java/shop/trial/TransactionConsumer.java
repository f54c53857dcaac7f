package shop.trial;

import jakarta.ejb.ActivationConfigProperty;
import jakarta.ejb.MessageDriven;
import jakarta.inject.Inject;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageListener;

/** Consumes messages in a transaction: the message is received only if the events are committed. */
@MessageDriven(
        activationConfig = {
            @ActivationConfigProperty(propertyName = "destinationType", propertyValue = "jakarta.jms.Queue"),
            @ActivationConfigProperty(propertyName = "destinationLookup", propertyValue = Messages.TRANSACTION)
        })
public class TransactionConsumer implements MessageListener {

    @Inject
    Places places;

    @Override
    public void onMessage(Message message) {
        try {
            places.append("message-in-transaction", message.getBody(String.class));
        } catch (JMSException e) {
            throw new IllegalStateException(e);
        }
    }
}
