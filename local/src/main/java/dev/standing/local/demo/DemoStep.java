package dev.standing.local.demo;

import java.util.List;

/**
 * A step of the demo.
 *
 * @param title what it shows
 * @param customerId whom it is about
 * @param request what is sent
 * @param anyOf what should come of it: one of these, depending on what earlier runs left
 */
record DemoStep(String title, String customerId, DemoRequest request, List<Expectation> anyOf) {}
