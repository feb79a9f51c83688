using ServiceOffices.Register;

namespace ServiceOffices.Storage;

/// <summary>What shall become of an office, by somebody who has just read it.</summary>
/// <param name="Before">As it was read; null where there was nothing of it, not even a row that cannot be read.</param>
/// <param name="After">Null where it goes; one of the two is never null.</param>
public sealed record EntryWrite(StoredEntry? Before, RegisterEntry? After)
{
    public string OfficeId => (After ?? Before!.Entry).Office.Id;
}
