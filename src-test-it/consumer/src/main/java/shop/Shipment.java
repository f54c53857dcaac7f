package shop;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.time.Instant;

@Entity
public class Shipment {

    @Id
    @Column(name = "order_id")
    private String orderId;

    @Column(name = "shipped_at")
    private Instant shippedAt;

    protected Shipment() {}

    public Shipment(String orderId, Instant shippedAt) {
        this.orderId = orderId;
        this.shippedAt = shippedAt;
    }

    public String orderId() {
        return orderId;
    }
}
