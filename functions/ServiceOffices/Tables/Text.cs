namespace ServiceOffices.Tables;

/// <summary>A short public text in both of the register's languages.</summary>
public sealed record LocalizedString(string En, string Sv);
