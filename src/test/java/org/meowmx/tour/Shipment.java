package org.meowmx.tour;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.time.Instant;

@Entity
public class Shipment {

    @Id
    private String orderId;

    private Instant shippedAt;

    protected Shipment() {}

    public Shipment(String orderId, Instant shippedAt) {
        this.orderId = orderId;
        this.shippedAt = shippedAt;
    }

    public String orderId() {
        return orderId;
    }

    public Instant shippedAt() {
        return shippedAt;
    }
}
