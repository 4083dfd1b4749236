// export-fhog: the weights of dlib's frontal face detector in the format that the README describes.
#include "commands.h"

#include <dlib/image_processing/frontal_face_detector.h>

#include <cstdint>
#include <cstring>
#include <fstream>
#include <iostream>
#include <stdexcept>

namespace
{
    constexpr std::uint32_t version = 1;

    class writer
    {
    public:
        explicit writer(const std::string& path) : out_(path, std::ios::binary) {}

        void text(const char* letters) { out_.write(letters, std::strlen(letters)); }

        void integer(std::uint64_t value)
        {
            if (value > UINT32_MAX)
                throw std::runtime_error("a value does not fit into 32 bits");
            bytes(value, 4);
        }

        void real(float value)
        {
            std::uint32_t bits;
            std::memcpy(&bits, &value, sizeof bits);
            bytes(bits, 4);
        }

        void real(double value)
        {
            std::uint64_t bits;
            std::memcpy(&bits, &value, sizeof bits);
            bytes(bits, 8);
        }

        void close()
        {
            bytes(checksum_, 8);
            out_.close();
            if (!out_)
                throw std::runtime_error("the file could not be written");
        }

    private:
        void bytes(std::uint64_t value, int count)
        {
            for (int i = 0; i < count; ++i)
            {
                const auto byte = static_cast<unsigned char>(value >> (8 * i));
                out_.put(static_cast<char>(byte));
                checksum_ = (checksum_ ^ byte) * 0x100000001b3ULL;
            }
        }

        std::ofstream out_;
        std::uint64_t checksum_ = 0xcbf29ce484222325ULL;
    };
}

namespace frat
{
    void export_fhog(const options& options)
    {
        const auto detector = dlib::get_frontal_face_detector();
        const auto& scanner = detector.get_scanner();
        const long planes = scanner.get_feature_extractor().get_num_planes();

        writer out(options.files.at(0));
        out.text("FHOG");
        out.integer(version);
        out.integer(scanner.get_cell_size());
        out.integer(scanner.get_detection_window_width());
        out.integer(scanner.get_detection_window_height());
        out.integer(scanner.get_padding());
        out.integer(scanner.get_fhog_window_width());
        out.integer(scanner.get_fhog_window_height());
        out.integer(planes);
        out.integer(scanner.get_max_pyramid_levels());
        out.integer(scanner.get_min_pyramid_layer_width());
        out.integer(scanner.get_min_pyramid_layer_height());
        out.real(detector.get_overlap_tester().get_iou_thresh());
        out.real(detector.get_overlap_tester().get_percent_covered_thresh());
        out.integer(detector.num_detectors());

        unsigned long filters = 0;
        for (unsigned long d = 0; d < detector.num_detectors(); ++d)
        {
            const auto& bank = detector.get_processed_w(d).get_detect_argument();
            out.real(detector.get_w(d)(scanner.get_num_dimensions()));
            for (long plane = 0; plane < planes; ++plane)
            {
                out.integer(bank.row_filters[plane].size());
                for (unsigned long i = 0; i < bank.row_filters[plane].size(); ++i)
                {
                    for (const float tap : bank.row_filters[plane][i])
                        out.real(tap);
                    for (const float tap : bank.col_filters[plane][i])
                        out.real(tap);
                    ++filters;
                }
            }
        }
        out.close();
        std::cerr << detector.num_detectors() << " detectors, " << filters << " separable filters\n";
    }
}
