// golden: what dlib sees in each image, one JSON object a line. The README describes the members.
#include "commands.h"
#include "pipeline.h"

#include <cstdio>
#include <filesystem>
#include <iostream>
#include <sstream>

namespace
{
    using namespace frat;

    constexpr long chip_side = 150;
    constexpr long sample_step = 15;
    constexpr long first_sample = 7;

    std::string number(double value)
    {
        char text[32];
        std::snprintf(text, sizeof text, "%.9g", value);
        return text;
    }

    std::string array(const encoding& values)
    {
        std::string json = "[";
        for (long i = 0; i < values.size(); ++i)
            json += (i ? "," : "") + number(values(i));
        return json + "]";
    }

    // 10x10 pixels spread over the chip, each as six hexadecimal digits.
    std::string samples(const image& chip)
    {
        std::string hex;
        for (long y = first_sample; y < chip_side; y += sample_step)
        {
            for (long x = first_sample; x < chip_side; x += sample_step)
            {
                char text[8];
                std::snprintf(text, sizeof text, "%02x%02x%02x", chip(y, x).red, chip(y, x).green, chip(y, x).blue);
                hex += text;
            }
        }
        return hex;
    }

    std::string box(const detection& found)
    {
        std::ostringstream json;
        json << "\"box\":[" << found.box.left() << ',' << found.box.top() << ',' << found.box.right() << ',' << found.box.bottom()
             << "],\"score\":" << number(found.score);
        return json.str();
    }

    std::string face(pipeline& dlib, const image& pixels, const detection& found, unsigned long jitter)
    {
        const auto shape = dlib.landmarks(pixels, found.box);
        const auto chip = dlib.chip(pixels, shape);
        std::ostringstream json;
        json << '{' << box(found) << ",\"landmarks\":[";
        for (unsigned long i = 0; i < shape.num_parts(); ++i)
            json << (i ? "," : "") << '[' << shape.part(i).x() << ',' << shape.part(i).y() << ']';
        json << "],\"chip\":\"" << samples(chip) << "\",\"encoding\":" << array(jitter == 0 ? dlib.encode(chip) : dlib.encode_jittered(chip, jitter)) << '}';
        return json.str();
    }

    std::string name(const std::string& path, const std::string& root)
    {
        const std::filesystem::path file(path);
        auto shown = root.empty() ? file.filename() : file.lexically_relative(root);
        // Pixels that another program decoded keep the name of the file that they came from.
        if (shown.extension() == ".ppm")
            shown.replace_extension();
        return shown.generic_string();
    }
}

namespace frat
{
    void golden(const options& options)
    {
        pipeline dlib(options.models, options.cnn, options.large_predictor);
        for (const std::string& path : options.files)
        {
            const image pixels = read_image(path);
            char fingerprint[17];
            std::snprintf(fingerprint, sizeof fingerprint, "%016llx", static_cast<unsigned long long>(hash(pixels)));
            std::cout << "{\"file\":\"" << name(path, options.root) << "\",\"width\":" << pixels.nc() << ",\"height\":" << pixels.nr()
                      << ",\"pixels\":\"" << fingerprint << "\",\"upsample\":" << options.upsample << ",\"faces\":[";
            bool first = true;
            for (const detection& found : dlib.detect(pixels, options.upsample))
            {
                // Landmarks and encodings don't depend on who found the box: the golden values of FHOG have them.
                std::cout << (first ? "" : ",") << (options.cnn ? '{' + box(found) + '}' : face(dlib, pixels, found, options.jitter));
                first = false;
            }
            std::cout << ']';
            if (!options.cnn && pixels.nc() == chip_side && pixels.nr() == chip_side)
                std::cout << ",\"asChip\":" << array(dlib.encode(pixels));
            std::cout << "}\n";
        }
    }
}
