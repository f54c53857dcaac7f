package org.meowmx.contract;

import org.meowmx.server.PostgreSqlDatabase;
import org.meowmx.testkit.MeowmxTest;

@MeowmxTest(beans = EvolutionContract.CustomerEvolution.class, database = PostgreSqlDatabase.class)
class EvolutionOnPostgreSqlIT extends EvolutionContract {}
