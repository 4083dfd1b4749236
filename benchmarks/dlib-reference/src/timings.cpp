// time: how long each step of dlib's pipeline takes, one JSON object a line, in milliseconds (the median of the repeats).
#include "commands.h"
#include "pipeline.h"

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <iostream>

namespace
{
    template <typename step>
    double median(unsigned long repeat, step run)
    {
        std::vector<double> samples;
        run();
        for (unsigned long i = 0; i < repeat; ++i)
        {
            const auto start = std::chrono::steady_clock::now();
            run();
            samples.push_back(std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count());
        }
        std::sort(samples.begin(), samples.end());
        return samples[samples.size() / 2];
    }
}

namespace frat
{
    void timings(const options& options)
    {
        pipeline dlib(options.models, options.cnn);
        for (const std::string& path : options.files)
        {
            const image pixels = read_image(path);
            const auto faces = dlib.detect(pixels, options.upsample);
            std::cout << "{\"file\":\"" << std::filesystem::path(path).filename().string() << "\",\"width\":" << pixels.nc()
                      << ",\"height\":" << pixels.nr() << ",\"upsample\":" << options.upsample << ",\"faces\":" << faces.size()
                      << ",\"detect\":" << median(options.repeat, [&] { dlib.detect(pixels, options.upsample); });
            if (!faces.empty())
            {
                const auto shape = dlib.landmarks(pixels, faces[0].box);
                const auto chip = dlib.chip(pixels, shape);
                std::cout << ",\"landmarks\":" << median(options.repeat, [&] { dlib.landmarks(pixels, faces[0].box); })
                          << ",\"chip\":" << median(options.repeat, [&] { dlib.chip(pixels, shape); })
                          << ",\"encode\":" << median(options.repeat, [&] { dlib.encode(chip); });
            }
            std::cout << "}\n";
        }
    }
}
