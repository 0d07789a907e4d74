export function StaffRoutes() { return null; }
