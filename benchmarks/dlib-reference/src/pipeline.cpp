#include "pipeline.h"

#include <dlib/dnn.h>
#include <dlib/image_transforms.h>

namespace
{
    using namespace dlib;

    // The face recognition network: dlib reads a .dat file only into the type that wrote it.
    template <int filters, int stride, typename below>
    using pair_of_convolutions = affine<con<filters, 3, 3, 1, 1, relu<affine<con<filters, 3, 3, stride, stride, below>>>>>;
    template <int filters, typename below>
    using residual = relu<add_prev1<pair_of_convolutions<filters, 1, tag1<below>>>>;
    template <int filters, typename below>
    using shrinking = relu<add_prev2<avg_pool<2, 2, 2, 2, skip1<tag2<pair_of_convolutions<filters, 2, tag1<below>>>>>>>;

    template <typename below> using residuals_32 = residual<32, residual<32, residual<32, below>>>;
    template <typename below> using residuals_64 = residual<64, residual<64, residual<64, shrinking<64, below>>>>;
    template <typename below> using residuals_128 = residual<128, residual<128, shrinking<128, below>>>;
    template <typename below> using residuals_256 = residual<256, residual<256, shrinking<256, below>>>;

    using stem = max_pool<3, 3, 2, 2, relu<affine<con<32, 7, 7, 2, 2, input_rgb_image_sized<150>>>>>;
    using recognition_network = loss_metric<fc_no_bias<128, avg_pool_everything<
        shrinking<256, residuals_256<residuals_128<residuals_64<residuals_32<stem>>>>>>>>;

    // The CNN face detector, as dlib's example dnn_mmod_face_detection_ex.cpp has it.
    template <long filters, typename below> using halving = relu<affine<con<filters, 5, 5, 2, 2, below>>>;
    template <typename below> using keeping = relu<affine<con<45, 5, 5, 1, 1, below>>>;

    using detection_network = loss_mmod<con<1, 9, 9, 1, 1, keeping<keeping<keeping<
        halving<32, halving<32, halving<16, input_rgb_image_pyramid<pyramid_down<6>>>>>>>>>>;
}

namespace frat
{
    struct pipeline::network
    {
        recognition_network layers;
    };

    struct pipeline::cnn_detector
    {
        detection_network layers;
    };

    pipeline::pipeline(const std::string& models, bool cnn, bool large_predictor)
        : detector_(get_frontal_face_detector()), network_(std::make_unique<network>())
    {
        deserialize(models + (large_predictor ? "/shape_predictor_68_face_landmarks.dat" : "/shape_predictor_5_face_landmarks.dat")) >> predictor_;
        deserialize(models + "/dlib_face_recognition_resnet_model_v1.dat") >> network_->layers;
        if (cnn)
        {
            cnn_ = std::make_unique<cnn_detector>();
            deserialize(models + "/mmod_human_face_detector.dat") >> cnn_->layers;
        }
    }

    pipeline::~pipeline() = default;

    std::vector<detection> pipeline::detect(const image& pixels, unsigned long upsample)
    {
        const pyramid_down<2> pyramid;
        std::vector<detection> found;
        if (upsample == 0)
        {
            found = find(pixels);
        }
        else
        {
            image large;
            pyramid_up(pixels, large, pyramid);
            for (unsigned long i = 1; i < upsample; ++i)
                pyramid_up(large, pyramid);
            found = find(large);
        }

        for (detection& face : found)
            face.box = pyramid.rect_down(face.box, upsample);
        return found;
    }

    std::vector<detection> pipeline::find(const image& pixels)
    {
        std::vector<detection> faces;
        if (cnn_)
        {
            for (const mmod_rect& face : cnn_->layers(pixels))
                faces.push_back({face.rect, face.detection_confidence});
        }
        else
        {
            std::vector<rect_detection> found;
            detector_(pixels, found);
            for (const rect_detection& face : found)
                faces.push_back({face.rect, face.detection_confidence});
        }
        return faces;
    }

    full_object_detection pipeline::landmarks(const image& pixels, const rectangle& box) const
    {
        return predictor_(pixels, box);
    }

    image pipeline::chip(const image& pixels, const full_object_detection& shape) const
    {
        image chip;
        extract_image_chip(pixels, get_face_chip_details(shape, 150, 0.25), chip);
        return chip;
    }

    encoding pipeline::encode(const image& chip)
    {
        return network_->layers(chip);
    }

    std::vector<encoding> pipeline::encode(const std::vector<image>& chips)
    {
        return network_->layers(chips);
    }

    encoding pipeline::encode_jittered(const image& chip, unsigned long jitter)
    {
        dlib::rand random;
        std::vector<image> crops;
        for (unsigned long i = 0; i < jitter; ++i)
            crops.push_back(jitter_image(chip, random));
        return mean(mat(network_->layers(crops)));
    }
}
