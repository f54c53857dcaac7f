package org.meowmx.contract;

import org.meowmx.testkit.MeowmxTest;

@MeowmxTest(beans = EvolutionContract.CustomerEvolution.class)
class EvolutionOnH2Test extends EvolutionContract {}
