namespace Frat;

/// <summary>Another encoder, of which whoever is enrolled gets templates as well.</summary>
/// <param name="Encoder">The encoder.</param>
internal sealed record SecondEncoder(IFaceEncoder Encoder);
