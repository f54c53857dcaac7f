package shop.modelling;

import jakarta.ejb.MessageDriven;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageListener;

@MessageDriven
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class DeliveryListener implements MessageListener {

    @Inject
    Deliveries deliveries;

    @Override
    public void onMessage(Message message) {
        try {
            deliveries.received(
                    message.getJMSMessageID(),
                    message.getStringProperty("parcel"),
                    message.getStringProperty("recipient"));
        } catch (JMSException e) {
            throw new IllegalStateException("The message cannot be read", e);
        }
    }
}
