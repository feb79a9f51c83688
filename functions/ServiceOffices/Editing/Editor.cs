namespace ServiceOffices.Editing;

/// <summary>Who asks.</summary>
/// <param name="Name">What the audit calls them: a key's name, or the subject of a token.</param>
public sealed record Editor(string Name, bool CanRead, bool CanWrite);
