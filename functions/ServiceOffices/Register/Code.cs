namespace ServiceOffices.Register;

/// <summary>One value of a code list with its labels.</summary>
public sealed record Code(string Value, string Sv, string En);
