namespace ServiceOffices.Register;

/// <summary>A county (län).</summary>
/// <param name="Code">SCB's two digits.</param>
public sealed record County(string Code, string NameSv, string NameEn);
