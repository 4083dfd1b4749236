// time: how long each step of dlib's pipeline takes, one JSON object a line, in milliseconds (the median of the repeats).
#include "commands.h"
#include "pipeline.h"

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <iostream>

#include <sys/resource.h>

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

    // The most memory that the process ever had, in KiB.
    long peak()
    {
        rusage usage{};
        getrusage(RUSAGE_SELF, &usage);
        return usage.ru_maxrss;
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
                          << ",\"encode\":" << median(options.repeat, [&] { dlib.encode(chip); })
                          << ",\"encode8\":" << median(options.repeat, [&] { dlib.encode(std::vector<image>(8, chip)); })
                          << ",\"all\":" << median(options.repeat, [&] {
                                 for (const detection& face : dlib.detect(pixels, options.upsample))
                                     dlib.encode(dlib.chip(pixels, dlib.landmarks(pixels, face.box)));
                             });
            }
            std::cout << ",\"peak\":" << peak() << "}\n";
        }
    }
}
