namespace ServiceOffices.Queries;

/// <summary>OData 4.01 Part 2, 5.1.1.1 and 5.1.1.2.</summary>
public enum BinaryOperator
{
    Or,
    And,
    Eq,
    Ne,
    Gt,
    Ge,
    Lt,
    Le,
    Has,
    Add,
    Sub,
    Mul,
    Div,
    DivBy,
    Mod,
}
