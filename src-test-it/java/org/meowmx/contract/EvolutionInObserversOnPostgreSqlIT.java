package org.meowmx.contract;

import org.meowmx.server.PostgreSqlDatabase;
import org.meowmx.testkit.MeowmxTest;

@MeowmxTest(
        beans = {EvolutionContract.CustomerEvolution.class, EvolutionInObserversContract.Handlers.class},
        database = PostgreSqlDatabase.class)
class EvolutionInObserversOnPostgreSqlIT extends EvolutionInObserversContract {}
