namespace ServiceOffices.Queries;

public enum UnaryOperator
{
    Not,
    Negate,
}
