/**
 * The MQTT clients of the demo, in processes of their own: the devices in the gateway's network and the application at
 * the platform. They use Eclipse Paho like any device in the field, and know nothing of the gateway's code.
 *
 * <p>Flow: the demo starts each process and talks to it by lines: commands of one word on its standard input, {@link
 * dev.edgegateway.demo.client.Report}s as JSON on its standard output, words for people on its standard error. When the
 * standard input ends the process ends, so none outlives the demo.
 *
 * <p>Threads: one virtual thread for each device, which paces and connects; Paho's own, whose callbacks hand over and
 * return; one that writes the reports.
 */
@NullMarked
package dev.edgegateway.demo.client;

import org.jspecify.annotations.NullMarked;
