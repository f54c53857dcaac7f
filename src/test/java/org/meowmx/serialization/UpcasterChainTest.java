package org.meowmx.serialization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.meowmx.evolution.Upcaster.into;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.meowmx.InvalidEventException;
import org.meowmx.StartupException;
import org.meowmx.evolution.PastEvent;
import org.meowmx.evolution.Upcaster;

class UpcasterChainTest {

    private static UpcasterChain chain(Upcaster... upcasters) {
        return new UpcasterChain(List.of(upcasters));
    }

    private static PastEvent past(String type, int version) {
        return new PastEvent(type, version, Map.of());
    }

    @Test
    void what_no_upcaster_reads_stays_as_it_is() {
        assertThat(chain().today(past("a", 1))).containsExactly(past("a", 1));
        assertThat(chain(Upcaster.change("a", 1, past -> past)).today(past("a", 2)))
                .containsExactly(past("a", 2));
    }

    @Test
    void a_version_without_an_upcaster_is_read_by_that_of_the_next() {
        assertThat(chain(Upcaster.change("a", 3, past -> past.with("x", 1))).today(past("a", 1)))
                .containsExactly(new PastEvent("a", 4, Map.of("x", 1)));
    }

    @Test
    void parts_go_on_with_the_chain_of_their_own_type() {
        UpcasterChain chain = chain(
                Upcaster.split("a", 1, into("b", past -> past), into("c", 2, past -> past)),
                Upcaster.change("b", 1, past -> past),
                Upcaster.drop("c", 1));

        assertThat(chain.today(past("a", 1))).containsExactly(past("b", 2), past("c", 2));
    }

    @Test
    void the_sources_of_a_type_are_found_over_several_steps() {
        UpcasterChain chain = chain(
                Upcaster.rename("a", 1, "b", past -> past),
                Upcaster.split("b", 1, into("c", past -> past), into("d", past -> past)));

        assertThat(chain.sourcesOf(Set.of("d"))).containsExactlyInAnyOrder("a", "b", "d");
        assertThat(chain.sourcesOf(Set.of("a"))).containsExactly("a");
        assertThat(chain.sourcesOf(Set.of())).isEmpty();
    }

    @Test
    void two_upcasters_of_one_version_are_refused() {
        assertThatThrownBy(() -> chain(Upcaster.drop("a", 1), Upcaster.drop("a", 1)))
                .isInstanceOf(StartupException.class)
                .hasMessageContaining("Two upcasters read 'a' v1: remove one of them.");
    }

    @Test
    void upcasters_that_lead_round_in_a_circle_are_refused() {
        assertThatThrownBy(() ->
                        chain(Upcaster.rename("a", 1, "b", past -> past), Upcaster.rename("b", 2, "a", past -> past)))
                .isInstanceOf(StartupException.class)
                .hasMessageContainingAll("'a' v1 leads back to itself", "'b' v2 leads back to itself");
        assertThatThrownBy(() -> Upcaster.split("a", 2, into("a", 2, past -> past)))
                .isInstanceOf(InvalidEventException.class)
                .hasMessageContaining("must lead to a later version");
    }
}
