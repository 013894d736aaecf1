package dev.standing.processor.topology;

import dev.standing.avro.Customer;
import dev.standing.domain.hierarchy.Hierarchy;
import dev.standing.processor.execution.Effects.ChangedCustomer;
import dev.standing.processor.store.CustomerStore;
import dev.standing.processor.store.DueIndex;
import dev.standing.processor.store.OpenCascades;
import dev.standing.processor.store.SubordinateStore;
import java.util.Optional;

/** All that is kept of the customers of a task, and changes together. */
final class CustomerBooks {

    private final CustomerStore customers;
    private final DueIndex due;
    private final SubordinateStore subordinates;
    private final OpenCascades cascades;

    /** Of these stores. */
    CustomerBooks(CustomerStore customers, DueIndex due, SubordinateStore subordinates, OpenCascades cascades) {
        this.customers = customers;
        this.due = due;
        this.subordinates = subordinates;
        this.cascades = cascades;
    }

    /** The customer; empty if it was never registered. */
    Optional<Customer> find(String customerId) {
        return customers.find(customerId);
    }

    /** The customer's subordinates. */
    Hierarchy hierarchy(String customerId) {
        return subordinates.of(customerId);
    }

    /** Keeps what has become of a customer. */
    void keep(ChangedCustomer changed) {
        Customer customer = changed.customer();
        String customerId = customer.getCustomerId();
        customers.put(customer);
        changed.dueTimes().gone().forEach(time -> due.remove(customerId, time));
        changed.dueTimes().added().forEach(time -> due.add(customerId, time));
        subordinates.apply(customerId, changed.hierarchy());
        changed.cascades().forEach(cascades::open);
    }
}
