package shop.modelling;

import java.math.BigDecimal;
import java.time.Instant;

public sealed interface OrderCommand {

    record Place(String customer, BigDecimal total) implements OrderCommand {}

    record Ship(Instant at) implements OrderCommand {}
}
