package org.vultus.onnx;

/** How a detector's outputs are read; the names that {@code decoder:} takes in a model pack, in lower case. */
public enum Decoder {
    /** Boxes already decoded to corners and two-class probabilities, as the Ultra-Light-Fast detectors export them. */
    SSD,
    /** InsightFace SCRFD with five key points. */
    SCRFD,
    /** RetinaFace of biubug6/Pytorch_Retinaface. */
    RETINAFACE,
    /** YuNet of the OpenCV model zoo, 2023mar. */
    YUNET
}
