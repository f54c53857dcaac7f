package org.meowmx.contract;

import org.meowmx.testkit.MeowmxTest;

@MeowmxTest(beans = {EvolutionContract.CustomerEvolution.class, EvolutionInObserversContract.Handlers.class})
class EvolutionInObserversOnH2Test extends EvolutionInObserversContract {}
