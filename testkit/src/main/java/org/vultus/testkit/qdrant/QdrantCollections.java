package org.vultus.testkit.qdrant;

import io.grpc.stub.StreamObserver;
import io.qdrant.client.grpc.Collections.CollectionConfig;
import io.qdrant.client.grpc.Collections.CollectionExists;
import io.qdrant.client.grpc.Collections.CollectionExistsRequest;
import io.qdrant.client.grpc.Collections.CollectionExistsResponse;
import io.qdrant.client.grpc.Collections.CollectionInfo;
import io.qdrant.client.grpc.Collections.CollectionOperationResponse;
import io.qdrant.client.grpc.Collections.CollectionParams;
import io.qdrant.client.grpc.Collections.CollectionStatus;
import io.qdrant.client.grpc.Collections.CreateCollection;
import io.qdrant.client.grpc.Collections.DeleteCollection;
import io.qdrant.client.grpc.Collections.GetCollectionInfoRequest;
import io.qdrant.client.grpc.Collections.GetCollectionInfoResponse;
import io.qdrant.client.grpc.CollectionsGrpc;

/** The service that makes, describes and removes collections. */
final class QdrantCollections extends CollectionsGrpc.CollectionsImplBase {
    private final QdrantContent content;

    QdrantCollections(QdrantContent content) {
        this.content = content;
    }

    @Override
    public void create(CreateCollection request, StreamObserver<CollectionOperationResponse> answer) {
        content.create(request);
        done(answer);
    }

    @Override
    public void delete(DeleteCollection request, StreamObserver<CollectionOperationResponse> answer) {
        content.drop(request.getCollectionName());
        done(answer);
    }

    @Override
    public void collectionExists(CollectionExistsRequest request, StreamObserver<CollectionExistsResponse> answer) {
        answer.onNext(CollectionExistsResponse.newBuilder()
                .setResult(CollectionExists.newBuilder().setExists(content.exists(request.getCollectionName())))
                .build());
        answer.onCompleted();
    }

    @Override
    public void get(GetCollectionInfoRequest request, StreamObserver<GetCollectionInfoResponse> answer) {
        CreateCollection made = content.settings(request.getCollectionName());
        answer.onNext(GetCollectionInfoResponse.newBuilder()
                .setResult(CollectionInfo.newBuilder()
                        .setStatus(CollectionStatus.Green)
                        .setConfig(CollectionConfig.newBuilder()
                                .setHnswConfig(made.getHnswConfig())
                                .setParams(CollectionParams.newBuilder().setVectorsConfig(made.getVectorsConfig()))))
                .build());
        answer.onCompleted();
    }

    private static void done(StreamObserver<CollectionOperationResponse> answer) {
        answer.onNext(CollectionOperationResponse.newBuilder().setResult(true).build());
        answer.onCompleted();
    }
}
