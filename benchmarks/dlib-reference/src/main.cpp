#include "commands.h"

#include <cstdlib>
#include <exception>
#include <iostream>
#include <stdexcept>

namespace
{
    constexpr const char* usage =
        "dlib-reference golden --models DIR [--detector hog|cnn] [--landmarks 5|68] [--jitter N] [--root DIR] [--upsample N] FILE...\n"
        "dlib-reference time   --models DIR [--detector hog|cnn] [--upsample N] [--repeat N] FILE...\n"
        "dlib-reference export-fhog FILE\n";

    bool is_cnn(const std::string& detector)
    {
        if (detector != "hog" && detector != "cnn")
            throw std::invalid_argument("unknown detector " + detector);
        return detector == "cnn";
    }

    bool has_68_landmarks(const std::string& landmarks)
    {
        if (landmarks != "5" && landmarks != "68")
            throw std::invalid_argument("there are 5 or 68 landmarks, not " + landmarks);
        return landmarks == "68";
    }

    frat::options parse(int count, char** arguments)
    {
        frat::options options;
        for (int i = 2; i < count; ++i)
        {
            const std::string argument = arguments[i];
            if (argument.compare(0, 2, "--") != 0)
            {
                options.files.push_back(argument);
                continue;
            }
            if (++i == count)
                throw std::invalid_argument(argument + " needs a value");
            if (argument == "--models")
                options.models = arguments[i];
            else if (argument == "--detector")
                options.cnn = is_cnn(arguments[i]);
            else if (argument == "--landmarks")
                options.large_predictor = has_68_landmarks(arguments[i]);
            else if (argument == "--jitter")
                options.jitter = std::stoul(arguments[i]);
            else if (argument == "--root")
                options.root = arguments[i];
            else if (argument == "--upsample")
                options.upsample = std::stoul(arguments[i]);
            else if (argument == "--repeat")
                options.repeat = std::stoul(arguments[i]);
            else
                throw std::invalid_argument("unknown option " + argument);
        }
        if (options.files.empty())
            throw std::invalid_argument("no file is named");
        return options;
    }
}

int main(int count, char** arguments)
{
    const std::string command = count > 1 ? arguments[1] : "";
    try
    {
        const auto options = parse(count, arguments);
        if (command == "golden")
            frat::golden(options);
        else if (command == "time")
            frat::timings(options);
        else if (command == "export-fhog")
            frat::export_fhog(options);
        else
            throw std::invalid_argument("unknown command " + command);
        return EXIT_SUCCESS;
    }
    catch (const std::invalid_argument& error)
    {
        std::cerr << error.what() << '\n' << usage;
        return 2;
    }
    catch (const std::exception& error)
    {
        std::cerr << error.what() << '\n';
        return EXIT_FAILURE;
    }
}
