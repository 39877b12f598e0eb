package org.vultus.testkit.qdrant;

import io.grpc.stub.StreamObserver;
import io.qdrant.client.grpc.Common.PointId;
import io.qdrant.client.grpc.JsonWithInt.Value;
import io.qdrant.client.grpc.Points.BatchResult;
import io.qdrant.client.grpc.Points.CountPoints;
import io.qdrant.client.grpc.Points.CountResponse;
import io.qdrant.client.grpc.Points.CountResult;
import io.qdrant.client.grpc.Points.CreateFieldIndexCollection;
import io.qdrant.client.grpc.Points.DeletePointVectors;
import io.qdrant.client.grpc.Points.DeletePoints;
import io.qdrant.client.grpc.Points.DenseVector;
import io.qdrant.client.grpc.Points.FacetCounts;
import io.qdrant.client.grpc.Points.FacetHit;
import io.qdrant.client.grpc.Points.FacetResponse;
import io.qdrant.client.grpc.Points.FacetValue;
import io.qdrant.client.grpc.Points.GetPoints;
import io.qdrant.client.grpc.Points.GetResponse;
import io.qdrant.client.grpc.Points.NamedVectorsOutput;
import io.qdrant.client.grpc.Points.PointStruct;
import io.qdrant.client.grpc.Points.PointVectors;
import io.qdrant.client.grpc.Points.PointsOperationResponse;
import io.qdrant.client.grpc.Points.QueryBatchPoints;
import io.qdrant.client.grpc.Points.QueryBatchResponse;
import io.qdrant.client.grpc.Points.QueryPoints;
import io.qdrant.client.grpc.Points.RetrievedPoint;
import io.qdrant.client.grpc.Points.ScoredPoint;
import io.qdrant.client.grpc.Points.ScrollPoints;
import io.qdrant.client.grpc.Points.ScrollResponse;
import io.qdrant.client.grpc.Points.UpdatePointVectors;
import io.qdrant.client.grpc.Points.UpdateResult;
import io.qdrant.client.grpc.Points.UpdateStatus;
import io.qdrant.client.grpc.Points.UpsertPoints;
import io.qdrant.client.grpc.Points.Vector;
import io.qdrant.client.grpc.Points.VectorOutput;
import io.qdrant.client.grpc.Points.Vectors;
import io.qdrant.client.grpc.Points.VectorsOutput;
import io.qdrant.client.grpc.Points.WithPayloadSelector;
import io.qdrant.client.grpc.PointsGrpc;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.vultus.testkit.qdrant.QdrantContent.Point;

/** The service of points: what Vultus asks for, carried out on all points one by one. */
final class QdrantPoints extends PointsGrpc.PointsImplBase {
    private final QdrantContent content;
    private final BooleanSupplier half;

    /** @param half whether answers lack half of what was asked for */
    QdrantPoints(QdrantContent content, BooleanSupplier half) {
        this.content = content;
        this.half = half;
    }

    @Override
    public void upsert(UpsertPoints request, StreamObserver<PointsOperationResponse> answer) {
        for (PointStruct point : request.getPointsList()) {
            content.put(
                    request.getCollectionName(),
                    new Point(point.getId().getUuid(), point.getPayloadMap(), vectors(point.getVectors())));
        }
        done(answer, request.getWait());
    }

    @Override
    public void delete(DeletePoints request, StreamObserver<PointsOperationResponse> answer) {
        List<String> ids = request.getPoints().getPoints().getIdsList().stream()
                .map(PointId::getUuid)
                .toList();
        content.remove(request.getCollectionName(), ids);
        done(answer, request.getWait());
    }

    @Override
    public void get(GetPoints request, StreamObserver<GetResponse> answer) {
        GetResponse.Builder found = GetResponse.newBuilder();
        for (PointId id : request.getIdsList()) {
            content.find(request.getCollectionName(), id.getUuid())
                    .ifPresent(point -> found.addResult(
                            retrieved(point, request.getWithVectors().getEnable())));
        }
        answer.onNext(found.build());
        answer.onCompleted();
    }

    @Override
    public void updateVectors(UpdatePointVectors request, StreamObserver<PointsOperationResponse> answer) {
        for (PointVectors point : request.getPointsList()) {
            content.add(
                    request.getCollectionName(),
                    new Point(point.getId().getUuid(), Map.of(), vectors(point.getVectors())),
                    request.getUpdateFilter());
        }
        done(answer, request.getWait());
    }

    @Override
    public void deleteVectors(DeletePointVectors request, StreamObserver<PointsOperationResponse> answer) {
        content.dropVectors(
                request.getCollectionName(),
                request.getPointsSelector().getFilter(),
                request.getVectors().getNamesList());
        done(answer, request.getWait());
    }

    @Override
    public void createFieldIndex(CreateFieldIndexCollection request, StreamObserver<PointsOperationResponse> answer) {
        content.index(request.getCollectionName(), request.getFieldName());
        done(answer, request.getWait());
    }

    @Override
    public void queryBatch(QueryBatchPoints request, StreamObserver<QueryBatchResponse> answer) {
        QueryBatchResponse.Builder results = QueryBatchResponse.newBuilder();
        int wanted = half.getAsBoolean() ? request.getQueryPointsCount() / 2 : request.getQueryPointsCount();
        for (QueryPoints query : request.getQueryPointsList().subList(0, wanted)) {
            results.addResult(result(query));
        }
        answer.onNext(results.build());
        answer.onCompleted();
    }

    private BatchResult result(QueryPoints query) {
        BatchResult.Builder result = BatchResult.newBuilder();
        content.nearest(
                        query.getCollectionName(),
                        query.getFilter(),
                        query.getUsing(),
                        query.getQuery().getNearest().getDense().getDataList(),
                        query.hasScoreThreshold() ? query.getScoreThreshold() : Float.NEGATIVE_INFINITY)
                .limit(query.getLimit())
                .forEach(near -> result.addResult(ScoredPoint.newBuilder()
                        .setId(PointId.newBuilder().setUuid(near.point().id()))
                        .setScore(near.score())
                        .putAllPayload(payload(near.point(), query.getWithPayload()))));
        return result.build();
    }

    private static Map<String, Value> payload(Point point, WithPayloadSelector wish) {
        Map<String, Value> payload = new HashMap<>(point.payload());
        if (wish.hasInclude()) {
            payload.keySet().retainAll(wish.getInclude().getFieldsList());
        } else if (!wish.getEnable()) {
            payload.clear();
        }
        return payload;
    }

    @Override
    public void scroll(ScrollPoints request, StreamObserver<ScrollResponse> answer) {
        ScrollResponse.Builder page = ScrollResponse.newBuilder();
        List<Point> rest = content.select(request.getCollectionName(), request.getFilter()).stream()
                .filter(point -> !request.hasOffset()
                        || point.id().compareTo(request.getOffset().getUuid()) >= 0)
                .limit(request.getLimit() + 1L)
                .toList();
        rest.stream()
                .limit(request.getLimit())
                .forEach(point ->
                        page.addResult(retrieved(point, request.getWithVectors().getEnable())));
        if (rest.size() > request.getLimit()) {
            page.setNextPageOffset(PointId.newBuilder().setUuid(rest.getLast().id()));
        }
        answer.onNext(page.build());
        answer.onCompleted();
    }

    @Override
    public void count(CountPoints request, StreamObserver<CountResponse> answer) {
        int count =
                content.select(request.getCollectionName(), request.getFilter()).size();
        answer.onNext(CountResponse.newBuilder()
                .setResult(CountResult.newBuilder().setCount(count))
                .build());
        answer.onCompleted();
    }

    @Override
    public void facet(FacetCounts request, StreamObserver<FacetResponse> answer) {
        FacetResponse.Builder counts = FacetResponse.newBuilder();
        content.facet(request.getCollectionName(), request.getKey())
                .forEach((text, count) -> counts.addHits(FacetHit.newBuilder()
                        .setValue(FacetValue.newBuilder().setStringValue(text))
                        .setCount(count)));
        answer.onNext(counts.build());
        answer.onCompleted();
    }

    private RetrievedPoint retrieved(Point point, boolean withVectors) {
        RetrievedPoint.Builder retrieved = RetrievedPoint.newBuilder()
                .setId(PointId.newBuilder().setUuid(point.id()))
                .putAllPayload(half.getAsBoolean() ? Map.of() : point.payload());
        if (withVectors) {
            NamedVectorsOutput.Builder vectors = NamedVectorsOutput.newBuilder();
            point.vectors()
                    .forEach((slot, vector) -> vectors.putVectors(
                            slot,
                            VectorOutput.newBuilder()
                                    .setDense(DenseVector.newBuilder().addAllData(vector))
                                    .build()));
            retrieved.setVectors(VectorsOutput.newBuilder().setVectors(vectors));
        }
        return retrieved.build();
    }

    private static Map<String, List<Float>> vectors(Vectors vectors) {
        Map<String, List<Float>> plain = new HashMap<>();
        for (Map.Entry<String, Vector> each :
                vectors.getVectors().getVectorsMap().entrySet()) {
            plain.put(each.getKey(), each.getValue().getDense().getDataList());
        }
        return plain;
    }

    private void done(StreamObserver<PointsOperationResponse> answer, boolean waited) {
        answer.onNext(PointsOperationResponse.newBuilder()
                .setResult(UpdateResult.newBuilder()
                        .setStatus(waited && !half.getAsBoolean() ? UpdateStatus.Completed : UpdateStatus.Acknowledged))
                .build());
        answer.onCompleted();
    }
}
