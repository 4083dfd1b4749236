// dlib's face pipeline as its Python binding (and so the package face_recognition) runs it, one function for each step.
#pragma once

#include "images.h"

#include <dlib/image_processing/frontal_face_detector.h>
#include <dlib/image_processing/shape_predictor.h>

#include <memory>
#include <string>
#include <vector>

namespace frat
{
    using encoding = dlib::matrix<float, 0, 1>;

    struct detection
    {
        dlib::rectangle box;    // in the original image
        double score;           // above the detector's threshold
    };

    class pipeline
    {
    public:
        // Looks for faces with the CNN detector (dlib's loss_mmod) or with FHOG.
        explicit pipeline(const std::string& models, bool cnn = false, bool large_predictor = false);
        ~pipeline();

        std::vector<detection> detect(const image& pixels, unsigned long upsample);
        dlib::full_object_detection landmarks(const image& pixels, const dlib::rectangle& box) const;
        image chip(const image& pixels, const dlib::full_object_detection& shape) const;
        encoding encode(const image& chip);
        std::vector<encoding> encode(const std::vector<image>& chips);

        // The mean over so many jittered chips, as the Python binding of a newly created encoder computes it.
        encoding encode_jittered(const image& chip, unsigned long jitter);

    private:
        struct network;
        struct cnn_detector;
        std::vector<detection> find(const image& pixels);

        dlib::frontal_face_detector detector_;
        dlib::shape_predictor predictor_;
        std::unique_ptr<network> network_;
        std::unique_ptr<cnn_detector> cnn_;
    };
}
