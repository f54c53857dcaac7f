package org.meowmx.contract;

import org.meowmx.testkit.MeowmxTest;

@MeowmxTest(beans = {EvolutionContract.CustomerEvolution.class, EvolutionContract.Handlers.class})
class EvolutionOnH2Test extends EvolutionContract {}
