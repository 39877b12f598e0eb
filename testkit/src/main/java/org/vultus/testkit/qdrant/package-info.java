/**
 * A double of Qdrant made of its published gRPC services: it stores, filters and searches, completely instead of by a graph, and
 * fails where a test wants it to. It knows no cluster, no file and none of the calls that Vultus does not make.
 */
@NullMarked
package org.vultus.testkit.qdrant;

import org.jspecify.annotations.NullMarked;
