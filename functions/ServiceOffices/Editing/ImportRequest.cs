namespace ServiceOffices.Editing;

/// <summary>A document that an editor wants in the register.</summary>
/// <param name="Content">As it came, content codings undone.</param>
/// <param name="IsJson">False: CSV.</param>
/// <param name="Delimiter">What separates the cells of CSV: a comma or, where the editor says so, a semicolon.</param>
public sealed record ImportRequest(ReadOnlyMemory<byte> Content, bool IsJson, ImportMode Mode, char Delimiter = ',')
{
    /// <summary>Whether more offices may go than the configured share.</summary>
    public bool ConfirmRemoval { get; init; }
}
