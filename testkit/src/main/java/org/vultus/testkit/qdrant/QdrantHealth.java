package org.vultus.testkit.qdrant;

import io.grpc.stub.StreamObserver;
import io.qdrant.client.grpc.QdrantGrpc;
import io.qdrant.client.grpc.QdrantOuterClass.HealthCheckReply;
import io.qdrant.client.grpc.QdrantOuterClass.HealthCheckRequest;

/** The service that says that Qdrant is there. */
final class QdrantHealth extends QdrantGrpc.QdrantImplBase {

    @Override
    public void healthCheck(HealthCheckRequest request, StreamObserver<HealthCheckReply> answer) {
        answer.onNext(HealthCheckReply.newBuilder()
                .setTitle("qdrant - vector search engine")
                .setVersion("0.0.0-double")
                .build());
        answer.onCompleted();
    }
}
