namespace ServiceOffices.ODataFuzz.Payloads;

/// <summary>A version and metadata level of a JSON response.</summary>
internal sealed record PayloadFormat(string Version, string Metadata, bool Ieee754Compatible)
{
    public static IReadOnlyList<PayloadFormat> All { get; } =
    [
        .. from version in (string[])["4.0", "4.01"]
           from metadata in (string[])["none", "minimal", "full"]
           from ieee754Compatible in (bool[])[false, true]
           select new PayloadFormat(version, metadata, ieee754Compatible),
    ];

    public string Accept =>
        $"application/json;{(Version == "4.0" ? "odata." : "")}metadata={Metadata}{(Ieee754Compatible ? ";IEEE754Compatible=true" : "")}";
}
