package shop.tenant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;
import org.meowmx.EventStore;
import org.meowmx.testkit.MeowmxTest;

@MeowmxTest(beans = {Notes.class, TenantMetadata.class})
class NotesTest {

    private static final Tenant ACME = new Tenant("acme");
    private static final Tenant GLOBEX = new Tenant("globex");

    @Inject
    Notes notes;

    @Inject
    EventStore events;

    @Test
    void tenants_with_the_same_id_have_streams_of_their_own() {
        notes.write(ACME, "1", "buy tea");
        notes.write(GLOBEX, "1", "sell tea");

        assertThat(notes.read(ACME, "1")).containsExactly(new Notes.Written("buy tea"));
        assertThat(notes.all(GLOBEX)).containsExactly("sell tea");
        assertThat(events.read(ACME.stream("note", "1"))
                        .events()
                        .get(0)
                        .metadata()
                        .get("tenant"))
                .contains("acme");
    }

    @Test
    void a_tenant_cannot_take_the_name_of_anothers_category() {
        assertThatThrownBy(() -> new Tenant("acme.note")).isInstanceOf(IllegalArgumentException.class);
    }
}
