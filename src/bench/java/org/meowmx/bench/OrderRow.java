package org.meowmx.bench;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** A row of a read model. */
@Entity
@Table(name = "order_rows")
@SuppressWarnings("UnusedVariable") // written, and read by SQL
public class OrderRow {

    @Id
    private long position;

    private String orderId;

    private long version;

    protected OrderRow() {}

    OrderRow(long position, String orderId, long version) {
        this.position = position;
        this.orderId = orderId;
        this.version = version;
    }
}
