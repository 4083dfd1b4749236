using System.Globalization;
using System.Runtime.InteropServices;
using Frat.Cli;

// What is written is read by programs as well: it is the same on every machine.
CultureInfo.DefaultThreadCurrentCulture =
    CultureInfo.DefaultThreadCurrentUICulture = CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.InvariantCulture;
using var interrupted = new CancellationTokenSource();

// The first signal asks the command to end; who can't wait sends a second one.
using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Interrupt);
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Interrupt);
return await FratCommand.RunAsync(args, Terminal.OfProcess(), interrupted.Token).ConfigureAwait(false);

void Interrupt(PosixSignalContext signal)
{
    signal.Cancel = !interrupted.IsCancellationRequested;
    interrupted.Cancel();
}
