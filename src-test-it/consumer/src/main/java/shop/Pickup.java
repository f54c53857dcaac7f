package shop;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;

@Entity
public class Pickup {

    @Id
    @Column(name = "order_id")
    private String orderId;

    protected Pickup() {}

    public Pickup(String orderId) {
        this.orderId = orderId;
    }
}
