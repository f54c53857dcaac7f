package org.meowmx.aggregate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ShapeTest {

    record Node(String name, List<Node> children) {}

    enum Colour {
        RED
    }

    /** The same names, in releases one after the other. */
    static class First {
        record Street(String name) {}

        record State(Street street, List<Colour> colours) {}
    }

    static class Second {
        record Street(String name, int number) {}

        record State(Street street, List<Colour> colours) {}
    }

    @Test
    void a_shape_is_the_same_each_time_and_ends_with_records_in_themselves() {
        assertThat(Shape.fingerprint(Node.class)).isEqualTo(Shape.fingerprint(Node.class));
    }

    @Test
    void a_change_deep_inside_is_another_shape() {
        assertThat(Shape.fingerprint(First.State.class)).isNotEqualTo(Shape.fingerprint(Second.State.class));
    }

    @Test
    void a_kind_names_the_record_its_version_and_its_shape() {
        Snapshots<Node, Node> snapshots = Snapshots.of(Node.class);

        assertThat(snapshots.kind()).startsWith(Node.class.getName() + " v1 ");
        assertThat(snapshots.schemaVersion(2).kind()).startsWith(Node.class.getName() + " v2 ");
    }
}
