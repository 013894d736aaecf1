/** JSON-RPC 2.0 with the quirks of NetXD, and its CustomerService.UpdateCustomerStatus. */
package dev.standing.gateway.jsonrpc;
