package shop;

import jakarta.enterprise.inject.spi.CDI;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.PostPersist;
import shop.trial.Places;

/** Its callback appends an event. */
@Entity
public class Reminder {

    @Id
    @Column(name = "order_id")
    private String orderId;

    protected Reminder() {}

    public Reminder(String orderId) {
        this.orderId = orderId;
    }

    @PostPersist
    void noted() {
        CDI.current().select(Places.class).get().append("post-persist", orderId);
    }
}
